using Tumbler.Core.Revocations;

namespace Tumbler.Storage.Postgres;

/// <summary>How the states of one kind become rows, and rows a state.</summary>
/// <param name="Between">The change from a state, or from nothing, to the next one, which gets the version.</param>
/// <param name="Revoked">What the same step withdraws.</param>
/// <param name="Read">The state that a whole row describes.</param>
internal sealed record RowForm<TId, TState>(
    AggregateTables Tables,
    Func<TState, TId> IdOf,
    Func<TId, string> ChainOf,
    Func<string, TId> ParseId,
    Func<TState?, TState, long, RowChange> Between,
    Func<TState?, TState, IReadOnlyList<Revocation>> Revoked,
    Func<string, TState> Read)
    where TId : struct
    where TState : class;
