package dev.slipway.gateway.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** The scalars that GraphQL itself lacks. Their descriptions stand in the schema's files. */
final class Scalars {
    static final GraphQLScalarType LONG = GraphQLScalarType.newScalar()
            .name("Long")
            .coercing(new LongCoercing())
            .build();
    static final GraphQLScalarType DOUBLE = GraphQLScalarType.newScalar()
            .name("Double")
            .coercing(new DoubleCoercing())
            .build();

    private Scalars() {}

    private static final class LongCoercing implements Coercing<Long, String> {
        @Override
        public String serialize(Object result, GraphQLContext context, Locale locale) {
            if (result instanceof Long || result instanceof Integer) {
                return result.toString();
            }
            throw new CoercingSerializeException("not a 64-bit integer: " + result.getClass());
        }

        @Override
        public Long parseValue(Object input, GraphQLContext context, Locale locale) {
            try {
                return exact(input);
            } catch (ArithmeticException | NumberFormatException e) {
                throw new CoercingParseValueException("'" + input + "' is no Long: give a 64-bit integer.", e);
            }
        }

        @Override
        public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                if (input instanceof IntValue number) {
                    return number.getValue().longValueExact();
                }
                if (input instanceof StringValue text) {
                    return Long.valueOf(text.getValue());
                }
            } catch (ArithmeticException | NumberFormatException e) {
                throw new CoercingParseLiteralException("This is no Long: give a 64-bit integer.", e);
            }
            throw new CoercingParseLiteralException("This is no Long: give an integer, or a string of its digits.");
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.of(input.toString());
        }

        private static Long exact(Object input) {
            if (input instanceof BigInteger number) {
                return number.longValueExact();
            }
            if (input instanceof Number number) {
                return new BigDecimal(number.toString()).longValueExact();
            }
            return Long.valueOf(input.toString());
        }
    }

    private static final class DoubleCoercing implements Coercing<Double, Object> {
        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            if (result instanceof Number number) {
                double value = number.doubleValue();
                // JSON has no word for these.
                return Double.isFinite(value) ? (Object) value : Double.toString(value);
            }
            throw new CoercingSerializeException("not a number: " + result.getClass());
        }

        @Override
        public Double parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof Number number) {
                return number.doubleValue();
            }
            try {
                return named(input.toString());
            } catch (IllegalArgumentException e) {
                throw new CoercingParseValueException(e.getMessage(), e);
            }
        }

        @Override
        public Double parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof IntValue number) {
                return number.getValue().doubleValue();
            }
            if (input instanceof FloatValue number) {
                return number.getValue().doubleValue();
            }
            try {
                return named(input instanceof StringValue text ? text.getValue() : "");
            } catch (IllegalArgumentException e) {
                throw new CoercingParseLiteralException(e.getMessage(), e);
            }
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.of(input.toString());
        }

        private static Double named(String text) {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default ->
                    throw new IllegalArgumentException(
                            "This is no Double: give a number, or NaN, Infinity or -Infinity as a string.");
            };
        }
    }
}
