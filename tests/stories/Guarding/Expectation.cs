namespace Tumbler.Stories.Tests.Guarding;

/// <summary>What the answer to a request must be.</summary>
internal enum Expectation
{
    /// <summary>The moment on which it depends lay within the request, or close to it.</summary>
    Either,
    Accepted,
    Refused,
}
