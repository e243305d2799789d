using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Core.Cluster;

/// <summary>What Redis says whose it is. A generation is made in a Redis and belongs to it alone: no other one, and not the
/// same one after it has lost its data, ever says the same.</summary>
/// <param name="Database">Which database's cluster.</param>
/// <param name="Proposed">True until the database has taken it for its generation. Whoever made it may have died.</param>
public sealed record RedisMark(Guid Database, Guid Generation, bool Proposed)
{
    private const string Proposal = "proposed";

    public override string ToString() => Proposed ? $"{Database} {Generation} {Proposal}" : $"{Database} {Generation}";

    public static bool TryParse(string text, [NotNullWhen(true)] out RedisMark? mark)
    {
        mark = text.Split(' ') switch
        {
            [var database, var generation] when Ids(database, generation) is { } ids => new RedisMark(ids.Database, ids.Generation, false),
            [var database, var generation, Proposal] when Ids(database, generation) is { } ids => new RedisMark(ids.Database, ids.Generation, true),
            _ => null,
        };
        return mark is not null;
    }

    private static (Guid Database, Guid Generation)? Ids(string database, string generation) =>
        Guid.TryParseExact(database, "D", out var first) && Guid.TryParseExact(generation, "D", out var second) ? (first, second) : null;
}
