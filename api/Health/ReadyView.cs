using System.Text.Json.Serialization;
using Tumbler.Engine.Readiness;

namespace Tumbler.Api.Health;

/// <param name="Checks">Left out for those who may not see details.</param>
internal sealed record ReadyView(
    string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReadinessCheck>? Checks);
