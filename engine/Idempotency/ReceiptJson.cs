using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Protection;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Engine.Idempotency;

/// <summary>The requests and answers that receipts hold.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(PutRing))]
[JsonSerializable(typeof(RotateRing))]
[JsonSerializable(typeof(WithdrawKey))]
[JsonSerializable(typeof(ImportKey))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(CreateOrganization))]
[JsonSerializable(typeof(UpdateOrganization))]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(ChangeApiKey))]
[JsonSerializable(typeof(RotateApiKeys))]
[JsonSerializable(typeof(PutRingAnswer))]
[JsonSerializable(typeof(RotationAnswer))]
[JsonSerializable(typeof(RewrapAnswer))]
[JsonSerializable(typeof(OrganizationView))]
[JsonSerializable(typeof(ApiKeyView))]
[JsonSerializable(typeof(IssuedApiKey))]
[JsonSerializable(typeof(RotatedApiKeys))]
[JsonSerializable(typeof(PutClient))]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(ExportAuditLog))]
[JsonSerializable(typeof(AuditExport))]
[JsonSerializable(typeof(RevokedToken))]
internal sealed partial class ReceiptJson : JsonSerializerContext
{
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)TypeInfo(typeof(T));

    public static JsonTypeInfo TypeInfo(Type type) => Default.GetTypeInfo(type)
        ?? throw new InvalidOperationException($"{type.Name} can be repeated but is not registered in ReceiptJson.");
}
