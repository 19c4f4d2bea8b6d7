/** What has happened: facts in the past tense, and why a command was refused. */
package io.signalbox.kernel.event;
