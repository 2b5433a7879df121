backfile(()=>{/*÷)1
.2
2
markdown
print•k—V^ûl*/})