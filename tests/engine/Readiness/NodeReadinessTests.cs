using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Keys;

namespace Tumbler.Engine.Tests.Readiness;

public sealed class NodeReadinessTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_node_is_not_ready_before_its_ring_is_up_and_ready_after()
    {
        var node = installation.NewNode();
        Assert.Equal(["signing"], await Unmet(node));

        Node.Admitted(await node.Rings.Establish());

        Assert.Empty(await Unmet(node));
    }

    [Fact]
    public async Task A_restarted_node_that_finds_nothing_due_is_ready_before_its_first_request()
    {
        await installation.StartNode();
        installation.Restart();

        Assert.Empty(await Unmet(await installation.StartNode()));
    }

    [Fact]
    public async Task A_store_that_is_away_is_named_and_signing_goes_on()
    {
        var node = await installation.StartNode();

        installation.Store.Away = true;

        Assert.Equal(["store"], await Unmet(node));
    }

    [Fact]
    public async Task A_store_that_says_nothing_is_away_after_two_seconds()
    {
        var node = await installation.StartNode();
        var silent = new TaskCompletionSource();
        installation.Store.BeforePing = () => silent.Task;

        var unmet = Unmet(node);
        installation.Clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.False(unmet.IsCompleted);
        installation.Clock.Advance(TimeSpan.FromTicks(1));
        silent.SetResult();

        Assert.Equal(["store"], await unmet);
    }

    [Fact]
    public async Task A_failed_rotation_is_named_until_one_succeeds()
    {
        var node = await installation.StartNode();
        var foreign = (await installation.Ring(RingId.Default)).Keys[0].PrivateKey!;
        installation.Protector.OnTheWay = _ => foreign;
        installation.Clock.Advance(TimeSpan.FromHours(24));
        await node.Rings.Tick(RingId.Default);
        await node.Poll();
        Assert.Equal(["rotation"], await Unmet(node));

        installation.Protector.OnTheWay = key => key;
        await node.Rings.Tick(RingId.Default);

        Assert.Empty(await Unmet(node));
    }

    [Fact]
    public async Task A_node_without_a_key_that_signs_is_not_ready()
    {
        var node = await installation.StartNode();
        installation.Store.Away = true;
        installation.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(["store", "signing", "snapshots"], await Unmet(node));
    }

    [Fact]
    public async Task A_failed_rotation_that_another_node_made_up_for_is_named_no_longer()
    {
        var (node, other) = (await installation.StartNode(), await installation.StartNode());
        var foreign = (await installation.Ring(RingId.Default)).Keys[0].PrivateKey!;
        installation.Protector.OnTheWay = _ => foreign;
        installation.Clock.Advance(TimeSpan.FromHours(24));
        await node.Rings.Tick(RingId.Default);
        installation.Protector.OnTheWay = key => key;
        Node.Admitted(await other.Rings.Tick(RingId.Default));
        await node.Poll();
        Assert.Equal(["rotation"], await Unmet(node));

        await node.Get<DueRings>().Each(ring => throw new InvalidOperationException($"Nothing is due in '{ring}'."), CancellationToken.None);

        Assert.Empty(await Unmet(node));
    }

    [Fact]
    public async Task A_node_that_hears_nothing_for_more_than_ten_seconds_is_not_ready_until_it_does()
    {
        var node = await installation.StartNode();
        installation.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(await Unmet(node));
        installation.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["snapshots"], await Unmet(node));

        await node.Poll();

        Assert.Empty(await Unmet(node));
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(-30_000)]
    public async Task A_node_whose_clock_is_more_than_half_a_minute_off_is_not_ready_and_changes_no_key(int milliseconds)
    {
        var node = await installation.StartNode();
        installation.Store.Time = () => installation.Clock.GetUtcNow().AddMilliseconds(-milliseconds);
        await node.Poll();
        Assert.Empty(await Unmet(node));

        installation.Store.Time = () => installation.Clock.GetUtcNow().AddMilliseconds(-milliseconds - 11 * Math.Sign(milliseconds));
        await node.Poll();

        Assert.Equal(["clock"], await Unmet(node));
        var rotated = await node.Rings.Rotate(RingId.Default, new RotateRing("immediate"), Installation.Call());
        Assert.Equal(ErrorCode.Unavailable, rotated.Refusal!.Code);
        Assert.Contains("clock", rotated.Refusal.Message, StringComparison.Ordinal);
        Assert.Single(installation.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("s ahead of the store's", StringComparison.Ordinal));
        Assert.Equal(OAuthErrorCode.TemporarilyUnavailable, await node.TokenError((await node.NewClient()).Request()));
    }

    private static async Task<IEnumerable<string>> Unmet(Node node)
    {
        var checks = await node.Readiness.Check(CancellationToken.None);
        Assert.Equal(["store", "signing", "rotation", "snapshots", "clock"], checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.Equal(check.Ok, check.Reason is null));
        return checks.Where(check => !check.Ok).Select(check => check.Name);
    }
}
