using Tumbler.Contracts.Calls;
using Tumbler.Core;

namespace Tumbler.Engine.Keepers;

/// <summary>Decides about a state, null when there is none yet. May run again when somebody else saved first, so it
/// has no effect but its result.</summary>
public delegate ValueTask<Result<Decision<TState, TAnswer>>> Decide<TState, TAnswer>(TState? state, DateTimeOffset now);
