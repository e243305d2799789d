namespace Tumbler.Stories.Tests.Cluster;

/// <summary>What <c>/health/ready</c> says of a silo.</summary>
internal sealed record ReadyAnswer(int Code, string Status, IReadOnlyList<ReadyAnswer.Condition> Checks)
{
    public bool Ok(string name) => Checks.Single(check => check.Name == name).Ok;

    internal sealed record Condition(string Name, bool Ok, string? Reason);
}
