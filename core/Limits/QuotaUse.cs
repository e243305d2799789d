namespace Tumbler.Core.Limits;

public enum QuotaUse
{
    /// <summary>There is a token here.</summary>
    Spend,

    /// <summary>Only the owner can tell.</summary>
    Ask,

    /// <summary>There is none here, and none to be had before some instant.</summary>
    Refuse,
}
