using Tumbler.Client.ApiKeys;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.ApiKeys;

public sealed class ApiKeyMemoryTests
{
    private static readonly ApiKeyVerdict Good = new(ApiKeyResult.Good, "id");

    private readonly ManualClock clock = new(Verifiers.Noon);

    [Fact]
    public void An_answer_is_kept_for_two_seconds_from_when_it_was_asked_for()
    {
        var memory = new ApiKeyMemory(TimeSpan.FromSeconds(2), clock);
        var asked = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(1));
        memory.Keep("a", Good, asked);

        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Same(Good, memory.Find("a"));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(memory.Find("a"));
    }

    [Fact]
    public void The_last_answer_counts()
    {
        var memory = new ApiKeyMemory(TimeSpan.FromSeconds(2), clock);
        memory.Keep("a", Good, clock.GetTimestamp());
        memory.Keep("a", ApiKeyVerdict.Refused, clock.GetTimestamp());
        Assert.Same(ApiKeyVerdict.Refused, memory.Find("a"));
        memory.Keep("a", Good, clock.GetTimestamp());
        Assert.Same(Good, memory.Find("a"));
    }

    [Fact]
    public void Made_up_keys_do_not_drive_out_good_ones_and_are_not_kept_without_end()
    {
        var memory = new ApiKeyMemory(TimeSpan.FromSeconds(2), clock);
        memory.Keep("good", Good, clock.GetTimestamp());
        for (var n = 0; n < 1_500; n++)
            memory.Keep($"bad {n}", ApiKeyVerdict.Refused, clock.GetTimestamp());

        Assert.Same(Good, memory.Find("good"));
        Assert.InRange(Enumerable.Range(0, 1_500).Count(n => memory.Find($"bad {n}") is not null), 1, 1_000);
    }

    [Fact]
    public void A_name_says_nothing_of_the_key_and_depends_on_the_address()
    {
        var memory = new ApiKeyMemory(TimeSpan.FromSeconds(2), clock);

        Assert.DoesNotContain("secret", memory.Name("secret", "10.0.0.1"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(memory.Name("secret", "10.0.0.1"), memory.Name("secret", "10.0.0.1"));
        Assert.NotEqual(memory.Name("secret", "10.0.0.1"), memory.Name("secret", "10.0.0.2"));
        Assert.NotEqual(memory.Name("secret", null), new ApiKeyMemory(TimeSpan.FromSeconds(2), clock).Name("secret", null));
    }
}
