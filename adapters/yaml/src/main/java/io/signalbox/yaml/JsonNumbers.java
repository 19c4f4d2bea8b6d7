package io.signalbox.yaml;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;

/** Makes number nodes of the same classes that reading JSON gives, so that equal numbers are equal nodes. */
final class JsonNumbers {
    private JsonNumbers() {}

    static JsonNode integer(final BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    static JsonNode decimal(final double value) {
        return DoubleNode.valueOf(value);
    }
}
