using Tumbler.Core.Revocations;

namespace Tumbler.Storage.Postgres;

/// <summary>How the states of one kind become rows, and rows a state.</summary>
/// <param name="Between">The change from a state, or from nothing, to the next one, which gets the version.</param>
/// <param name="Revoked">What the same step withdraws.</param>
/// <param name="Read">The state that a row describes: a whole one, or one with the children that changed since the given state.</param>
/// <param name="Children">How many rows it has that <paramref name="Read"/> takes from an earlier state.</param>
internal sealed record RowForm<TId, TState>(
    AggregateTables Tables,
    Func<TState, TId> IdOf,
    Func<TId, string> ChainOf,
    Func<string, TId> ParseId,
    Func<TState?, TState, long, RowChange> Between,
    Func<TState?, TState, IReadOnlyList<Revocation>> Revoked,
    Func<TState?, string, TState> Read,
    Func<TState, int> Children)
    where TId : struct
    where TState : class;
