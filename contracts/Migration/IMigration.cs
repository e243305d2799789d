using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Migration;

/// <summary>Who still uses shared keys.</summary>
public interface IMigration
{
    Task<Result<MigrationView>> Get();
}
