using Tumbler.Core.Migration;

namespace Tumbler.Engine.Migration;

/// <summary>Who has a shared key, and how long it will do.</summary>
/// <param name="Keys">By client; the secrets themselves.</param>
public sealed record SharedKeySetup(MigrationPlan Plan, IReadOnlyDictionary<string, string> Keys)
{
    public static SharedKeySetup None { get; } = new(MigrationPlan.None, new Dictionary<string, string>());

    public override string ToString() => $"SharedKeySetup({Plan.Phase}, {Keys.Count} keys)";
}
