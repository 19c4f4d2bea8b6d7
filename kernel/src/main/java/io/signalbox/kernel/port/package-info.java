/** What the kernel needs from outside: a journal, a clock. No file, no thread and no third-party type stands here. */
package io.signalbox.kernel.port;
