"""Publishing: bytes → the output folder, atomically. The only code that writes there."""

from generator.publish.folder import check_output, lock_output, stage_folder
from generator.publish.foreign import Folder, Folders
from generator.publish.manifest import Manifest, manifest_file, read_manifest
from generator.publish.publish import PublishResult, publish, publish_some, remove_site
from generator.publish.stage import Stage, Staged

__all__ = [
    "Folder",
    "Folders",
    "Manifest",
    "PublishResult",
    "Stage",
    "Staged",
    "check_output",
    "lock_output",
    "manifest_file",
    "publish",
    "publish_some",
    "read_manifest",
    "remove_site",
    "stage_folder",
]
