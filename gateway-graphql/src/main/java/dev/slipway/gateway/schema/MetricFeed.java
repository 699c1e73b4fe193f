package dev.slipway.gateway.schema;

import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.kernel.id.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What one follower has seen of each series. The last points of a series are remembered one by one, so that each is told
 * once, also one that is logged after others that stand behind it.
 */
final class MetricFeed {
    /** What a follower is told at once. */
    record Update(List<News> series) {}

    /** Points of a series that the follower has not seen, and where it then stands. */
    record News(SeriesPlace place, List<MetricPoint> points) {}

    private record Name(RunId run, String key) {}

    /** The end of a series; of one that somebody else has followed, only how many points it has is known at first. */
    private static final class Seen {
        private final TreeSet<MetricPoint> last = new TreeSet<>();
        private SeriesPlace place;
        private boolean named;

        Seen(SeriesPlace place) {
            this.place = place;
            this.named = place.known() == 0;
        }

        SeriesPlace wanted() {
            return named ? place : new SeriesPlace(place.run(), place.key(), place.after(), 0, null);
        }

        List<MetricPoint> take(List<MetricPoint> tail) {
            if (!named) {
                name(tail);
            }
            List<MetricPoint> unseen =
                    tail.stream().filter(point -> !last.contains(point)).toList();
            last.addAll(unseen);
            MetricPoint after = place.after();
            while (last.size() > SeriesPlace.WINDOW) {
                after = last.pollFirst();
            }
            place = new SeriesPlace(place.run(), place.key(), after, last.size(), last.last());
            return unseen;
        }

        /** If there are more than there were, nobody knows which are new: all of these are told again. */
        private void name(List<MetricPoint> tail) {
            List<MetricPoint> before = tail.stream()
                    .filter(point -> point.compareTo(place.last()) <= 0)
                    .toList();
            if (before.size() == place.known()) {
                last.addAll(before);
            }
            named = true;
        }
    }

    private final Map<Name, Seen> seen = new LinkedHashMap<>();

    /** @param places where earlier followers have left off */
    MetricFeed(List<SeriesPlace> places) {
        places.forEach(place -> seen.put(new Name(place.run(), place.key()), new Seen(place)));
    }

    /** How much of each series has been seen; of the end that is not known point by point all is wanted again. */
    List<SeriesPlace> places() {
        return seen.values().stream().map(Seen::wanted).toList();
    }

    /** What the follower has not seen yet, which it then has. */
    Update take(NewPoints found) {
        List<News> news = new ArrayList<>();
        for (NewPoints.Tail tail : found.series()) {
            Seen series = seen.computeIfAbsent(
                    new Name(tail.run(), tail.key()),
                    name -> new Seen(new SeriesPlace(name.run(), name.key(), null, 0, null)));
            List<MetricPoint> points = series.take(tail.points());
            if (!points.isEmpty()) {
                news.add(new News(series.place, points));
            }
        }
        return new Update(news);
    }
}
