/** What the commands ask of whoever runs workflows, and what a run is on disk. */
package io.signalbox.cli.engine;
