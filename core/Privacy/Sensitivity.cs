namespace Tumbler.Core.Privacy;

/// <summary>What a value is, judged by its name.</summary>
public enum Sensitivity
{
    None,
    Secret,

    /// <summary>Of a person.</summary>
    Name,

    /// <summary>A number by which a person is known: telephone, passport, account.</summary>
    Identifier,

    Email,
}
