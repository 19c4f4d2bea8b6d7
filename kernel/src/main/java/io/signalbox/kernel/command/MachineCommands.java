package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.InternNameEncoder;
import io.signalbox.kernel.command.codec.UpgradeRulesEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of the machine itself. */
public final class MachineCommands {
    private MachineCommands() {}

    /** From here on the machine follows the rules of a version. */
    public static final class UpgradeRules extends Request {
        private final UpgradeRulesEncoder encoder = new UpgradeRulesEncoder();
        private int rulesVersion;

        public UpgradeRules() {
            super(CommandType.UPGRADE_RULES, UpgradeRulesEncoder.BLOCK_LENGTH);
        }

        public UpgradeRules with(final int rulesVersion) {
            this.rulesVersion = rulesVersion;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).rulesVersion(rulesVersion);
        }
    }

    /** Answers the dense id of a name. */
    public static final class InternName extends Request {
        private final InternNameEncoder encoder = new InternNameEncoder();
        private byte[] name = NOTHING;

        public InternName() {
            super(CommandType.INTERN_NAME, InternNameEncoder.BLOCK_LENGTH);
        }

        public InternName with(final byte[] name) {
            this.name = name;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + name.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).putName(name, 0, name.length);
        }
    }
}
