namespace Tumbler.Core.Administrators;

/// <summary>What an administrator may do. One may have several.</summary>
[Flags]
public enum AdminRoles
{
    None = 0,

    /// <summary>Looks at everything, and takes copies of the audit log away. Changes nothing.</summary>
    Auditor = 1,

    /// <summary>Does what a day brings: rings, rotation, organisations, API keys, the cluster.</summary>
    Operator = 2,

    /// <summary>Everything: also private keys out and in, and who else is an administrator.</summary>
    Owner = 4,
}
