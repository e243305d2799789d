using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S0_A_silo_starts_fast_and_stays_small(StoryRun run)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(1);
    private const int FewestStarts = 3;
    private const int MostStarts = 10;
    private const double IdleLimitMiB = 150;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    /// <summary>Three starts, or more while none of them was fast enough: the machine may be busy with something else. The first
    /// start also makes keys.</summary>
    [Fact]
    public async Task The_first_200_comes_within_a_second_of_the_start()
    {
        using var home = new SiloHome(run, "start");
        var starts = new List<TimeSpan>();
        for (var start = 1; start <= FewestStarts || (starts.Min() >= StartLimit && start <= MostStarts); start++)
        {
            var watch = Stopwatch.StartNew();
            await using var silo = await home.Start();
            Assert.NotEmpty(await silo.Http.GetText("/.well-known/jwks.json"));
            starts.Add(silo.StartedWithin);
            run.Measured($"start {start}: /health/ready after {silo.StartedWithin.TotalMilliseconds:F0} ms, jwks after {watch.Elapsed.TotalMilliseconds:F0} ms");
            Assert.Equal(0, await silo.Stop());
        }

        Assert.True(starts.Min() < StartLimit, $"The fastest of {starts.Count} starts took {starts.Min().TotalMilliseconds:F0} ms.");
    }

    [Fact]
    public async Task An_idle_silo_takes_less_than_150_MiB()
    {
        using var home = new SiloHome(run, "idle");
        await using var silo = await home.Start();
        var (idle, most) = (Stopwatch.StartNew(), 0.0);
        await Until.True("ten idle seconds have been watched", IdleTime * 2, () =>
        {
            most = Math.Max(most, silo.ResidentMemory());
            return Task.FromResult(idle.Elapsed > IdleTime);
        });

        run.Measured($"idle for 10 s: {silo.ResidentMemory():F1} MiB resident, at most {most:F1} MiB");
        Assert.InRange(most, 1, IdleLimitMiB);
    }
}
