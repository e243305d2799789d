namespace Tumbler.Silo.Configuration;

public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>An object a line.</summary>
    Json,
}
