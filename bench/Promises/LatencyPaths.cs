using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;
using Tumbler.Tests.Sending;

namespace Tumbler.Bench.Promises;

/// <summary>How long answers take when the machine has much to do, but not more than it can: requests come evenly, at 80 % of what silo and
/// sender do together when each request follows the last answer. The sender is on the same machine, and what it takes is missing there; so
/// it is the same one for both. 99 of a hundred answers within 5 ms of the instant at which their requests were due.</summary>
internal static class LatencyPaths
{
    private const double Share = 0.8;
    private const int Connections = 16;

    /// <summary>Requests that came as they should: what the last answers of a round take is no backlog.</summary>
    private const double Reached = 0.99;

    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(5), WarmUp = TimeSpan.FromSeconds(8);

    public static Task<Comparison> TokenEs256(BenchOptions options) =>
        Measure(options, silo => PreparedRequest.Token(silo.Url, silo.KeyId, silo.Key));

    public static Task<Comparison> Jwks(BenchOptions options) => Measure(options, silo => PreparedRequest.Jwks(silo.Url));

    public static Task<Comparison> ApiKeyVerify(BenchOptions options) => Measure(options, silo => PreparedRequest.Verification(silo.Url, silo.Key));

    private static async Task<Comparison> Measure(BenchOptions options, Func<Silo, PreparedRequest> request)
    {
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE bench OWNER {PostgresCluster.Owner}");
        await using var silo = await Silo.Start(postgres.ConnectionString(PostgresCluster.Owner, "bench"));
        using var sender = new Sender(silo.Url, Connections, [request(silo)], TimeProvider.System);
        Good(sender.AsFastAsAnswered(WarmUp));

        var (time, comparison) = (TimeSpan.FromSeconds(options.Seconds), new Comparison("p99", "promised", " ms", lessIsBetter: true));
        for (var round = 0; round < options.Rounds; round++)
        {
            var most = Good(sender.AsFastAsAnswered(time)).PerSecond;
            var (own, silos) = (Environment.CpuUsage.TotalTime, silo.CpuTime());
            var even = Good(sender.Evenly(Share * most, time));
            (own, silos) = (Environment.CpuUsage.TotalTime - own, silo.CpuTime() - silos);
            Console.WriteLine(FormattableString.Invariant(
                $"saturated at {most:F0}/s; asked {Share * most:F0}/s, answered {even.PerSecond:F0}/s: p50 {Milliseconds(even, 0.5):F2} ms, p99 {Milliseconds(even, 0.99):F2} ms, p99.9 {Milliseconds(even, 0.999):F2} ms; processor time of the silo {Used(silos, time):F0} %, of the sender {Used(own.TotalSeconds, time):F0} %"));

            // What is not answered at the rate at which it is asked takes ever longer.
            comparison.Add(even.PerSecond >= Reached * Share * most ? Milliseconds(even, 0.99) : double.PositiveInfinity, Most.TotalMilliseconds);
        }

        return comparison;
    }

    private static SentWindow Good(SentWindow window) =>
        window.Failed == 0 ? window : throw new InvalidOperationException($"{window.Failed} requests failed, the first with: {window.Failure}");

    private static double Milliseconds(SentWindow window, double share) => window.Within(share).TotalMilliseconds;

    /// <returns>Of all cores.</returns>
    private static double Used(double cpuSeconds, TimeSpan time) => 100 * cpuSeconds / time.TotalSeconds / Environment.ProcessorCount;
}
