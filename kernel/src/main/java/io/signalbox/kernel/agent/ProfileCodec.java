package io.signalbox.kernel.agent;

import io.signalbox.kernel.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The part of a profile that has no fixed length, as it is journaled. Little endian; a name is its id.
 *
 * <pre>
 *  capabilities int | id int ... | tags int | id int ... | 5 texts: length int | UTF-8 ...
 *  texts: version, description, author, origin, config
 * </pre>
 */
public final class ProfileCodec {
    /** Index of a text. */
    public static final int VERSION = 0;

    /** Texts in a profile. */
    public static final int TEXTS = 5;

    private static final int VERSION_NUMBERS = 3;
    private static final int VERSION_DIGITS_MAX = 9;

    private ProfileCodec() {}

    /** The bytes of a profile. {@code nameId} gives the id of a name. */
    public static byte[] encode(final AgentProfile profile, final ToIntFunction<String> nameId) {
        final byte[][] texts = {
            utf8(profile.version()),
            utf8(profile.description()),
            utf8(profile.author()),
            utf8(profile.origin()),
            utf8(profile.config())
        };
        int length = (2 + profile.capabilities().size() + profile.tags().size() + TEXTS) * Integer.BYTES;
        for (final byte[] text : texts) {
            length += text.length;
        }
        final ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        put(out, profile.capabilities(), nameId);
        put(out, profile.tags(), nameId);
        for (final byte[] text : texts) {
            out.putInt(text.length).put(text);
        }
        return out.array();
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(final ByteBuffer out, final List<String> names, final ToIntFunction<String> nameId) {
        out.putInt(names.size());
        for (final String name : names) {
            out.putInt(nameId.applyAsInt(name));
        }
    }

    /** Why these bytes are no profile, or null when they are one. {@code namesKnown} is the highest id of a name. */
    static Rejection check(final byte[] source, final int offset, final int length, final int namesKnown) {
        final ByteBuffer in = ByteBuffer.wrap(source, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        final Rejection capabilities = checkNames(in, 1, namesKnown);
        if (capabilities != null) {
            return capabilities;
        }
        final Rejection tags = checkNames(in, 0, namesKnown);
        return tags != null ? tags : checkTexts(in);
    }

    private static Rejection checkNames(final ByteBuffer in, final int countMin, final int namesKnown) {
        final int count = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (count < countMin) {
            return Rejection.INVALID_VALUE;
        }
        if (count > AgentRules.FEATURES_MAX) {
            return Rejection.TOO_LONG;
        }
        if (in.remaining() < count * Integer.BYTES) {
            return Rejection.INVALID_VALUE;
        }
        final int first = in.position();
        for (int i = 0; i < count; i++) {
            final int name = in.getInt();
            if (name <= 0 || name > namesKnown) {
                return Rejection.UNKNOWN_NAME;
            }
            for (int before = 0; before < i; before++) {
                if (in.getInt(first + before * Integer.BYTES) == name) {
                    return Rejection.INVALID_VALUE;
                }
            }
        }
        return null;
    }

    private static Rejection checkTexts(final ByteBuffer in) {
        for (int text = 0; text < TEXTS; text++) {
            final int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < 0 || length > in.remaining() || text == VERSION && !isVersion(in, length)) {
                return Rejection.INVALID_VALUE;
            }
            in.position(in.position() + length);
        }
        return in.hasRemaining() ? Rejection.INVALID_VALUE : null;
    }

    /** Three numbers with dots between them. */
    private static boolean isVersion(final ByteBuffer in, final int length) {
        int numbers = 0;
        int digits = 0;
        for (int i = 0; i <= length; i++) {
            final int symbol = i == length ? '.' : in.get(in.position() + i);
            if (symbol == '.') {
                if (digits == 0 || digits > VERSION_DIGITS_MAX) {
                    return false;
                }
                numbers++;
                digits = 0;
            } else if (symbol >= '0' && symbol <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        return numbers == VERSION_NUMBERS;
    }

    /** The ids of the capabilities, as they were declared. */
    static int[] capabilities(final byte[] profile) {
        return names(reader(profile));
    }

    /** The ids of the tags, as they were declared. */
    static int[] tags(final byte[] profile) {
        final ByteBuffer in = reader(profile);
        names(in);
        return names(in);
    }

    /** The texts, in the order of the layout. */
    static String[] texts(final byte[] profile) {
        final ByteBuffer in = reader(profile);
        names(in);
        names(in);
        final String[] texts = new String[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            final byte[] text = new byte[in.getInt()];
            in.get(text);
            texts[i] = new String(text, StandardCharsets.UTF_8);
        }
        return texts;
    }

    private static ByteBuffer reader(final byte[] profile) {
        return ByteBuffer.wrap(profile).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int[] names(final ByteBuffer in) {
        final int[] names = new int[in.getInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.getInt();
        }
        return names;
    }
}
