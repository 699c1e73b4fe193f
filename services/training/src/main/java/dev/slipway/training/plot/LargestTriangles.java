package dev.slipway.training.plot;

import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * Largest Triangle Three Buckets: of each of as many equal parts of the points as there may be, the point is kept that makes
 * the largest triangle with the one kept before it and the mean of the next part. After Sveinn Steinarsson, Downsampling Time
 * Series for Visual Representation, University of Iceland 2013, section 4.2. It goes through the points twice and holds a few
 * numbers for each part, so a series may be of any length.
 *
 * <p>What is NaN or infinite has no place in a triangle: it is kept only where a part holds nothing else, and leaves a gap.
 */
final class LargestTriangles {
    private final PointSource points;
    private final AxisOrder order;
    private final long count;
    private final double partLength;
    private final double[] meanPlace;
    private final double[] meanValue;
    private final long[] finite;
    private double origin;

    private LargestTriangles(PointSource points, AxisOrder order, long count, int size) {
        this.points = points;
        this.order = order;
        this.count = count;
        int parts = size - 2;
        this.partLength = (double) (count - 2) / parts;
        // The first and the last point are parts of their own.
        this.meanPlace = new double[size];
        this.meanValue = new double[size];
        this.finite = new long[size];
    }

    /**
     * Some of the points, in their order.
     *
     * @param points in the order of the axis
     * @param count how many they are, more than {@code size}
     * @param size how many to keep, 3 or more
     */
    static List<Point> of(PointSource points, AxisOrder order, long count, int size) {
        LargestTriangles triangles = new LargestTriangles(points, order, count, size);
        triangles.findMeans();
        return triangles.select();
    }

    private int part(long index) {
        if (index == 0) {
            return 0;
        }
        int last = finite.length - 1;
        // Beyond the last stands what was logged since the points were counted.
        return index >= count - 1 ? last : 1 + (int) Math.min((index - 1) / partLength, last - 2);
    }

    private double place(Point point) {
        return order.place(point) - origin;
    }

    private void findMeans() {
        long[] index = {0};
        points.forEach(point -> {
            if (index[0] == 0) {
                origin = order.place(point);
            }
            int part = part(index[0]++);
            if (Double.isFinite(point.value())) {
                long number = ++finite[part];
                meanPlace[part] += (place(point) - meanPlace[part]) / number;
                meanValue[part] += (point.value() - meanValue[part]) / number;
            }
        });
    }

    private List<Point> select() {
        List<Point> selected = new ArrayList<>(finite.length);
        Selection selection = new Selection(selected);
        long[] index = {0};
        points.forEach(point -> {
            if (index[0] < count) {
                selection.offer(part(index[0]++), point);
            }
        });
        selection.end();
        return selected;
    }

    /** Takes the points part by part, and keeps the best of each. */
    private final class Selection {
        private final List<Point> selected;
        private Point anchor;
        private Point best;
        private double bestArea;
        private int part;
        private int next;

        Selection(List<Point> selected) {
            this.selected = selected;
        }

        void offer(int partOfPoint, Point point) {
            if (best == null || partOfPoint != part) {
                end();
                part = partOfPoint;
                next = nextWithMean(part);
                best = point;
                bestArea = area(point);
            } else if (area(point) > bestArea) {
                best = point;
                bestArea = area(point);
            }
        }

        void end() {
            if (best != null) {
                selected.add(best);
                anchor = Double.isFinite(best.value()) ? best : anchor;
            }
        }

        private int nextWithMean(int from) {
            int found = from + 1;
            while (found < finite.length && finite[found] == 0) {
                found++;
            }
            return found;
        }

        /** Twice the triangle's; -1 for what can't be in one. */
        private double area(Point point) {
            if (!Double.isFinite(point.value())) {
                return -1;
            }
            if (anchor == null || next == finite.length) {
                return 0;
            }
            double area = Math.abs((place(anchor) - meanPlace[next]) * (point.value() - anchor.value())
                    - (place(anchor) - place(point)) * (meanValue[next] - anchor.value()));
            return Double.isNaN(area) ? 0 : area;
        }
    }
}
