using System.Diagnostics;
using Tumbler.Contracts.Audit;
using Tumbler.Core;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Metrics;

/// <summary>A store whose saves are timed, and are spans of whatever asked for them. A span says what kind of thing was saved, never
/// which one.</summary>
internal sealed class MeasuredSaves<TId, TState>(IAggregateStore<TId, TState> store, SaveDurations durations) : IAggregateStore<TId, TState>
    where TId : struct
    where TState : class, IAggregate<TState>
{
    private static readonly string SpanName = $"save {typeof(TState).Name}";

    public ValueTask<Stored<TState>?> Load(TId id, CancellationToken stop) => store.Load(id, stop);

    public async ValueTask<SaveResult> Save(TState next, VersionToken expected, IReadOnlyList<AuditEntry> entries, CancellationToken stop)
    {
        using var span = ProductTracing.Source.StartActivity(SpanName, ActivityKind.Client);
        var (began, outcome) = (durations.Begin(), default(SaveOutcome?));
        try
        {
            var result = await store.Save(next, expected, entries, stop);
            outcome = result.Outcome;
            return result;
        }
        finally
        {
            var name = durations.End(began, outcome);
            span?.SetTag("tumbler.save.outcome", name);
            if (outcome is not (SaveOutcome.Saved or SaveOutcome.Conflict))
                span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    public ValueTask<IReadOnlyList<TId>> List(TId? after, int limit, CancellationToken stop) => store.List(after, limit, stop);
}
