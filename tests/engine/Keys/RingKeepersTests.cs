using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;

namespace Tumbler.Engine.Tests.Keys;

public sealed class RingKeepersTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Two_nodes_that_tick_and_rotate_at_the_same_moment_make_each_needed_key_once()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        var (made, rotated) = (0, 0);
        for (var round = 0; round < 200; round++)
        {
            var immediate = round % 4 == 3;
            installation.Clock.Advance(TimeSpan.FromHours(immediate ? 1 : 24));
            var before = await installation.Ring(RingId.Default);
            var due = KeySchedule.Due(before, installation.Clock.Now).OfType<KeyStep.Make>().Count();

            if (immediate)
            {
                var rotation = Task.Run(() => one.Rings.Rotate(RingId.Default, new RotateRing("immediate"), Installation.Call()));
                await Task.WhenAll(rotation, Task.Run(() => other.Rings.Tick(RingId.Default)));
                Assert.Equal((await rotation).Value!.Status.SigningKid, (await Ring()).SignerAt(installation.Clock.Now)!.Kid);
                due++;
                rotated++;
            }
            else
            {
                Node[] tickers = [one, other, one, other];
                var ticks = await Task.WhenAll(tickers.Select(node => Task.Run(() => node.Rings.Tick(RingId.Default))));
                Assert.All(ticks, tick => Assert.True(tick.Succeeded));
            }

            var after = await Ring();
            Assert.Equal(before.LastOrdinal + due, after.LastOrdinal);
            Assert.Empty(KeySchedule.Due(after, installation.Clock.Now));
            made += due;
        }

        Assert.True((made, rotated) is ( > 150, 50), $"{made} keys were made, {rotated} by rotations.");
        var ring = await Ring();
        var ordinals = ring.Keys.Select(key => key.Ordinal).ToArray();
        Assert.Equal(Enumerable.Range(0, ordinals.Length).Select(n => ordinals[0] + n), ordinals);
        Assert.Equal(ring.LastOrdinal, ordinals[^1]);
        Assert.Equal(ring.LastOrdinal, await KeysInTheLog());
        await installation.AssertAuditVerifies();
    }

    private Task<KeyRing> Ring() => installation.Ring(RingId.Default);

    /// <summary>Each key's making is told once.</summary>
    private async Task<long> KeysInTheLog()
    {
        var made = await installation.Journal.Audit.Read("ring:default", CancellationToken.None)
            .Where(entry => entry.Action == Contracts.Audit.AuditAction.Create && entry.ResourceType == Contracts.Audit.AuditResource.SigningKey)
            .Select(entry => entry.ResourceId)
            .ToListAsync();
        Assert.Equal(made.Count, made.Distinct().Count());
        return made.Count;
    }
}
