using System.Text.Json;

namespace Tumbler.Silo.Secrets;

/// <param name="Problem">For people: what is wrong, without anything that was sent. Null without a fault.</param>
/// <param name="Body">Undefined when there was none.</param>
internal readonly record struct VaultReply(VaultFault Fault, string? Problem, JsonElement Body)
{
    public bool Succeeded => Fault == VaultFault.None;

    public SecretAnswer Failed => new(null, Problem, MayPass: Fault == VaultFault.Away);
}
