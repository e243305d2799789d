namespace Tumbler.Contracts.Audit;

public enum AuditResource
{
    Ring,
    SigningKey,
    Organization,
    ApiKey,
    Policy,
    Config,
    Credential,
}
