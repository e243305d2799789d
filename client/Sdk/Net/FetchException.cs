namespace Tumbler.Client.Net;

/// <summary>A document could not be had, or is not to be believed. Caught where it is decided what is used instead; the message is for the log.</summary>
internal sealed class FetchException : Exception
{
    public FetchException()
    {
    }

    public FetchException(string message)
        : base(message)
    {
    }

    public FetchException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>It came, and is not what it should be. Asking again soon will not help.</summary>
    public bool IsRefused { get; init; }

    public static FetchException Refused(string message) => new(message) { IsRefused = true };
}
