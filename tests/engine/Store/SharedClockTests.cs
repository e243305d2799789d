using Tumbler.Engine.Store;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Store;

public sealed class SharedClockTests
{
    private readonly ManualClock machine = new(Installation.Start);
    private readonly StoreClock store = new();

    private SharedClock Shared => new(machine, store);

    [Fact]
    public void Nothing_to_compare_with_changes_nothing()
    {
        Assert.Null(store.Difference);
        Assert.Equal(Installation.Start, Shared.GetUtcNow());
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(-20_000)]
    [InlineData(30_000)]
    public void Nodes_whose_clocks_differ_live_by_the_stores(int milliseconds)
    {
        Read(ahead: TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(Installation.Start.AddMilliseconds(-milliseconds), Shared.GetUtcNow());
        Assert.False(store.IsOff);
    }

    [Theory]
    [InlineData(30_001)]
    [InlineData(-300_000)]
    public void A_clock_that_is_altogether_off_is_not_corrected(int milliseconds)
    {
        Read(ahead: TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(Installation.Start, Shared.GetUtcNow());
        Assert.True(store.IsOff);
    }

    [Fact]
    public void A_slow_first_answer_moves_time_no_farther_than_it_must()
    {
        Read(ahead: TimeSpan.Zero, underway: TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, store.Difference);

        Read(ahead: TimeSpan.FromSeconds(20), underway: TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(19), store.Difference);

        Read(ahead: TimeSpan.FromSeconds(20), underway: TimeSpan.FromMilliseconds(2));
        Assert.Equal(TimeSpan.FromMilliseconds(19_999), store.Difference);
    }

    [Fact]
    public void Time_does_not_stumble_over_what_no_reading_can_tell()
    {
        Read(ahead: TimeSpan.FromMilliseconds(500));
        Read(ahead: TimeSpan.FromMilliseconds(510));
        Assert.Equal(TimeSpan.FromMilliseconds(500), store.Difference);

        Read(ahead: TimeSpan.FromMilliseconds(600), underway: TimeSpan.FromMilliseconds(180));
        Assert.Equal(TimeSpan.FromMilliseconds(500), store.Difference);

        Read(ahead: TimeSpan.FromMilliseconds(511));
        Assert.Equal(TimeSpan.FromMilliseconds(511), store.Difference);
    }

    private void Read(TimeSpan ahead, TimeSpan underway = default) =>
        store.Compare(Installation.Start - ahead, Installation.Start - underway / 2, Installation.Start + underway / 2);
}
