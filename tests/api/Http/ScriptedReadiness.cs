using Tumbler.Engine.Readiness;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedReadiness : IReadiness
{
    public ReadinessCheck[] Checks { get; set; } = [new("store", true, null)];

    public TaskCompletionSource? Behind { get; set; }

    public ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop) => new(Checks);

    public ValueTask CatchUp() => Behind is null ? ValueTask.CompletedTask : new(Behind.Task);
}
