namespace Tumbler.Stories.Tests.Cluster;

internal enum ChangeOutcome
{
    /// <summary>It was made.</summary>
    Confirmed,

    /// <summary>It was not made.</summary>
    Refused,

    /// <summary>No answer, or one that does not say whether it was made.</summary>
    Unknown,
}
