package io.signalbox.kernel.scenario;

/**
 * A command ready to be published.
 *
 * @param bytes of the command, neither position nor time in it yet.
 * @param kind of handle that it answers, {@link Labels#NO_KIND} for none.
 * @param label that the handle gets, empty for none.
 */
record Written(byte[] bytes, char kind, String label) {}
