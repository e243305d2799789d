using System.Text.Json.Serialization;
using Tumbler.Api.Configuration;
using Tumbler.Api.Console;
using Tumbler.Api.Health;
using Tumbler.Api.Keys;
using Tumbler.Api.Migration;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Migration;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Contracts.Protection;

namespace Tumbler.Api.Json;

/// <summary>Everything that goes in or out as JSON. Members and enumerations in snake_case, nulls written, times in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(UtcTime),
        typeof(SnakeCase<ActorType>),
        typeof(SnakeCase<ApiKeyState>),
        typeof(SnakeCase<CertificateRole>),
        typeof(SnakeCase<ClientAuthMethod>),
        typeof(SnakeCase<AuditExportStatus>),
        typeof(SnakeCase<AuditTimestampStatus>),
        typeof(SnakeCase<JwsAlgorithm>),
        typeof(SnakeCase<KeyFormat>),
        typeof(SnakeCase<KeyOrigin>),
        typeof(SnakeCase<KeyState>),
        typeof(SnakeCase<MigrationPhase>),
        typeof(SnakeCase<OrganizationStatus>),
        typeof(UpperSnakeCase<AuditAction>),
        typeof(UpperSnakeCase<AuditResource>),
        typeof(UpperSnakeCase<AuditStatus>),
    ])]
[JsonSerializable(typeof(CountsView))]
[JsonSerializable(typeof(CreateOrganization))]
[JsonSerializable(typeof(UpdateOrganization))]
[JsonSerializable(typeof(OrganizationView))]
[JsonSerializable(typeof(Page<OrganizationView>), TypeInfoPropertyName = "OrganizationPage")]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(ChangeApiKey))]
[JsonSerializable(typeof(RotateApiKeys))]
[JsonSerializable(typeof(VerifyApiKey))]
[JsonSerializable(typeof(ApiKeyView))]
[JsonSerializable(typeof(Page<ApiKeyView>), TypeInfoPropertyName = "ApiKeyPage")]
[JsonSerializable(typeof(IssuedApiKey))]
[JsonSerializable(typeof(RotatedApiKeys))]
[JsonSerializable(typeof(ApiKeyVerdict))]
[JsonSerializable(typeof(PutClient))]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(Page<ClientView>), TypeInfoPropertyName = "ClientPage")]
[JsonSerializable(typeof(PutRing))]
[JsonSerializable(typeof(RotateRing))]
[JsonSerializable(typeof(WithdrawKey))]
[JsonSerializable(typeof(RingView))]
[JsonSerializable(typeof(Page<RingView>), TypeInfoPropertyName = "RingPage")]
[JsonSerializable(typeof(RingStatus))]
[JsonSerializable(typeof(RotationView))]
[JsonSerializable(typeof(Page<KeyView>), TypeInfoPropertyName = "KeyPage")]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(ExportKey))]
[JsonSerializable(typeof(ExportedKey))]
[JsonSerializable(typeof(ImportKey))]
[JsonSerializable(typeof(ProtectionView))]
[JsonSerializable(typeof(RewrapAnswer))]
[JsonSerializable(typeof(Page<AuditEntry>), TypeInfoPropertyName = "AuditPage")]
[JsonSerializable(typeof(AuditVerdict))]
[JsonSerializable(typeof(ExportAuditLog))]
[JsonSerializable(typeof(AuditExport))]
[JsonSerializable(typeof(Page<AuditExport>), TypeInfoPropertyName = "AuditExportPage")]
[JsonSerializable(typeof(LiveView))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(ConfigView))]
[JsonSerializable(typeof(MigrationView))]
[JsonSerializable(typeof(SharedKeyVerdict))]
[JsonSerializable(typeof(ReadyView))]
internal sealed partial class ApiJson : JsonSerializerContext;
