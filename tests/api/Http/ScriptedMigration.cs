using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Migration;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedMigration : IMigration
{
    public MigrationView View { get; set; } = new(MigrationPhase.JwtOnly, [], null, [], [], 0, []);

    public Task<Result<MigrationView>> Get() => Task.FromResult<Result<MigrationView>>(View);
}
