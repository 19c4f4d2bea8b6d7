/**
 * What every journal engine shares: the frame round a record and its checks, the format file, the writer's lock, the
 * watch on free space, and the rights of the folder. The layout is described in {@code docs/journal-format.md}.
 */
package io.signalbox.journal;
