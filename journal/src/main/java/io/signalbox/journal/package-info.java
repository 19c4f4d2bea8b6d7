/** The journal engines behind the kernel's port. */
package io.signalbox.journal;
