namespace Tumbler.Bench.Tests.Micro;

/// <summary>That nothing has become dearer than it was, by what can be counted: how fast anything is, no test asserts.</summary>
public sealed class CostTests(CountedCosts costs) : IClassFixture<CountedCosts>
{
    private const int PromisedTokenBytes = 4096;

    [Fact]
    public void Operations_allocate_what_was_approved() => AssertApproved(CostKind.Bytes);

    [Fact]
    public void Operations_take_as_many_instructions_as_were_approved() => AssertApproved(CostKind.Instructions);

    [Fact]
    public void Requests_allocate_what_was_approved() => AssertApproved(CostKind.Request);

    [Fact]
    public void A_token_request_allocates_less_than_4_KiB()
    {
        SkipUnlessComparable(CostKind.Request);

        Assert.InRange(costs.Counted.Counts[CostKind.Request]["token"], 1, PromisedTokenBytes - 1);
    }

    private void AssertApproved(CostKind kind)
    {
        SkipUnlessComparable(kind);

        var problems = CostComparison.Problems(costs.Approved, costs.Counted, kind).ToList();

        Assert.True(problems.Count == 0, $"{string.Join('\n', problems)}\nIf it is meant to be so: bench/micro --approve, and say why in the commit.");
    }

    private void SkipUnlessComparable(CostKind kind)
    {
        var why = CostComparison.Incomparable(costs.Approved, costs.Counted, kind);
        Assert.SkipWhen(why is not null, $"Not compared: {why}.");
    }
}
