package groupsync.benchmark;

import java.util.List;
import java.util.function.DoublePredicate;

/**
 * How much of a limit was used, by the times at which Zoom received the requests that it did not refuse.
 *
 * @param arrivals in seconds after the first, in their order
 * @param limit requests a second, or what others leave of them
 * @param span length of the start, and of the weakest part, in seconds
 */
record LimitUse(List<Double> arrivals, double limit, double span) {

    /** From the first request on, for this span. */
    double atTheStart() {
        return count(time -> time < span) / (limit * span);
    }

    /** After the start, until this share of all requests has come. */
    double steady(double end) {
        var from = (int) count(time -> time < span);
        var to = last(end);
        return to <= from ? 0 : (to - from) / (limit * (arrivals.get(to) - arrivals.get(from)));
    }

    /** In the weakest part of this span, until this share of all requests has come. */
    double weakest(double end) {
        return arrivals.stream()
                        .filter(from -> from + span <= arrivals.get(last(end)))
                        .mapToDouble(from -> count(time -> time > from && time <= from + span))
                        .min()
                        .orElse(0)
                / (limit * span);
    }

    /** From the first request to the last. */
    double inAll() {
        var last = last(1);
        return last <= 0 ? 0 : last / (limit * arrivals.get(last));
    }

    private int last(double end) {
        return (int) (end * arrivals.size()) - 1;
    }

    private double count(DoublePredicate predicate) {
        return arrivals.stream().mapToDouble(time -> time).filter(predicate).count();
    }
}
