package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.TraceId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ids by which MLflow's clients know traces: {@code tr-} and OpenTelemetry's 32 digits. */
public final class TraceIds {
    private static final Pattern SHOWN = Pattern.compile("tr-[0-9a-f]{32}");
    private static final int PREFIX = 3;

    private TraceIds() {}

    /** How clients know the id. */
    public static String shown(TraceId id) {
        return "tr-" + id;
    }

    /** The id that is shown so; empty for what is none. */
    public static Optional<TraceId> find(String shown) {
        return SHOWN.matcher(shown).matches() ? Optional.of(new TraceId(shown.substring(PREFIX))) : Optional.empty();
    }

    /** As {@link #find}; {@code trace.unknown} for what is none. */
    public static TraceId parse(String shown) {
        return find(shown).orElseThrow(() -> unknown(shown));
    }

    static SlipwayException unknown(String shown) {
        return SlipwayException.notFound(
                "trace.unknown", "Trace with ID '" + TraceTexts.cut(shown, 100) + "' is not found, or it is deleted.");
    }
}
