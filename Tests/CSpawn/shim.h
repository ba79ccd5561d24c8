#include <spawn.h>
// glibc declares these for _GNU_SOURCE only, which Swift's view of glibc is not compiled with.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
