package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.InternNameDecoder;
import io.signalbox.kernel.command.codec.UpgradeRulesDecoder;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/** Reads the commands of the machine itself: names and versions of the rules. */
final class MachineDispatch {
    private final RulesVersion rulesVersion;
    private final NameTable names;
    private final Facts facts;
    private final int nameLengthMax;
    private final UpgradeRulesDecoder upgradeRules = new UpgradeRulesDecoder();
    private final InternNameDecoder internName = new InternNameDecoder();

    MachineDispatch(final Stores stores, final Facts facts, final MachineLimits limits) {
        this.rulesVersion = stores.rulesVersion;
        this.names = stores.names;
        this.facts = facts;
        this.nameLengthMax = limits.nameLengthMax();
    }

    long decide(final CommandType type, final CommandView command) {
        return switch (type) {
            case VOID -> Rejection.VOIDED.answer();
            case UPGRADE_RULES -> upgrade(Body.of(command, upgradeRules).rulesVersion());
            case INTERN_NAME -> intern(command, Body.of(command, internName));
            case CONTINUE, PULSE -> throw new IllegalStateException(type + " is served by the machine itself");
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long intern(final CommandView command, final InternNameDecoder body) {
        final int length = body.nameLength();
        if (length == 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (length > nameLengthMax) {
            return Body.tooLong();
        }
        final long range = Body.range(body, length);
        final int known = names.find(command.bytes(), command.offset() + (int) (range >>> 32), length);
        if (known > 0) {
            return known;
        }
        if (names.size() == names.namesMax()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final int id = names.size() + 1;
        facts.record(FactType.NAME_INTERNED, 0, 0, id, 0, 0, 0, 0, range);
        return id;
    }

    private long upgrade(final int version) {
        if (version <= rulesVersion.current() || version > RulesVersion.NEWEST) {
            return Rejection.UNSUPPORTED_RULES.answer();
        }
        facts.record(FactType.RULES_UPGRADED, 0, 0, version, 0, 0, 0);
        return version;
    }
}
