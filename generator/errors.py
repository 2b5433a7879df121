"""One tree of errors.

    BackfileError            whatever stops a command; carries place and advice
    ├── StrictError          a strict build met a warning (exit 1)
    ├── UsageError           the command line asks for something that cannot be (exit 2)
    ├── ConfigError          backfile.toml or _config.yml cannot be used (exit 3)
    ├── ThemeError           a template or theme.toml is wrong (exit 4)
    ├── SourceError          the content as a whole cannot be read (exit 5)
    ├── OutputError          the output folder cannot be written (exit 6)
    └── InterruptedBuild     stopped by the user; the old site stands (exit 130)

Faults of single articles are not errors but diagnostics (`generator.model.diagnostic`):
they are reported and the build goes on.
"""


class BackfileError(Exception):
    """Something stops the command.

    `path`, `line` and `column` (1-based; 0 = unknown) say where, `hint` says what to do.
    """

    exit_code = 1
    code = "error"

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int = 0,
        column: int = 0,
        hint: str = "",
        code: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint
        self.code = code or type(self).code

    def __reduce__(self) -> tuple[object, ...]:
        """Keep place and hint when the error crosses a process boundary."""
        return _rebuild, (type(self), self.message, self.__dict__)


def _rebuild(kind: type[BackfileError], message: str, state: dict[str, object]) -> BackfileError:
    error = kind(message)
    error.__dict__.update(state)
    return error


class StrictError(BackfileError):
    """A strict build met a warning."""

    exit_code = 1
    code = "strict"


class UsageError(BackfileError):
    """The command line asks for something that cannot be."""

    exit_code = 2
    code = "usage"


class ConfigError(BackfileError):
    """The configuration cannot be used."""

    exit_code = 3
    code = "config/invalid"


class ThemeError(BackfileError):
    """A template or a theme's settings are wrong."""

    exit_code = 4
    code = "theme/invalid"


class SourceError(BackfileError):
    """The content as a whole cannot be read."""

    exit_code = 5
    code = "source/unreadable"


class OutputError(BackfileError):
    """The output folder cannot be written, or must not be."""

    exit_code = 6
    code = "output/unwritable"


class InterruptedBuild(BackfileError):  # noqa: N818 - a stop asked for is not an error
    """The user stopped the build; the old site stands."""

    exit_code = 130
    code = "interrupted"
