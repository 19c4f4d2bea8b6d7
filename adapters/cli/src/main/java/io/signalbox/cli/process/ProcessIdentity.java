package io.signalbox.cli.process;

/**
 * Names one process of one machine for ever: a pid alone is reused.
 *
 * @param pid the process, its group and its session
 * @param startTicks field 22 of {@code /proc/PID/stat}: clock ticks since boot
 * @param boot the boot, and the pid namespace, in which the two mean something
 */
public record ProcessIdentity(long pid, long startTicks, String boot) {
    /** The text that is journaled, {@code pid:startTicks:boot}. */
    public String text() {
        return pid + ":" + startTicks + ":" + boot;
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static ProcessIdentity parse(final String text) {
        final String[] parts = text.split(":", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected pid:startTicks:boot, got \"" + text + "\"");
        }
        return new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }
}
