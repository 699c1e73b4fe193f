package dev.slipway.training.live;

import dev.slipway.api.training.SeriesPlace;
import dev.slipway.kernel.id.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much of each series a reader knows. */
final class KnownSeries {
    private record Name(RunId run, String key) {}

    private final Map<Name, SeriesPlace> places = new HashMap<>();

    KnownSeries(List<SeriesPlace> places) {
        places.forEach(place -> this.places.put(new Name(place.run(), place.key()), place));
    }

    /** Nothing, of a series that was not named. */
    SeriesPlace of(RunId run, String key) {
        return places.getOrDefault(new Name(run, key), new SeriesPlace(run, key, null, 0, null));
    }
}
