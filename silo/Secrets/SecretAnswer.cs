using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Secrets;

/// <summary>What a secret manager says of one secret.</summary>
/// <param name="Value">Null when there is a problem.</param>
/// <param name="Problem">To be read after the setting's name; null when there is none, or when others tell of it.</param>
/// <param name="MayPass">Whether the same question may get another answer later, with nothing changed here.</param>
public sealed record SecretAnswer(SecretText? Value, string? Problem, bool MayPass = false);
