using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tumbler.Cli.Audit;
using Tumbler.Cli.Configuration;
using Tumbler.Cli.Doctor;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Contracts.Protection;

namespace Tumbler.Cli;

/// <summary>What the commands of operation send, read and print.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(Choice<AuditExportStatus>),
        typeof(Choice<AuditTimestampStatus>),
        typeof(Choice<CertificateRole>),
        typeof(Choice<JwsAlgorithm>),
        typeof(Choice<KeyOrigin>),
        typeof(Choice<KeyState>),
    ])]
[JsonSerializable(typeof(Page<ShownEntry>), TypeInfoPropertyName = "EntryPage")]
[JsonSerializable(typeof(AuditVerdict))]
[JsonSerializable(typeof(ExportAuditLog))]
[JsonSerializable(typeof(AuditExport))]
[JsonSerializable(typeof(ProtectionView))]
[JsonSerializable(typeof(RewrapAnswer))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(Page<RingView>), TypeInfoPropertyName = "RingPage")]
[JsonSerializable(typeof(Page<KeyView>), TypeInfoPropertyName = "KeyPage")]
[JsonSerializable(typeof(ShownSettings))]
[JsonSerializable(typeof(ReadinessFacts))]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OperationsJson : JsonSerializerContext;
