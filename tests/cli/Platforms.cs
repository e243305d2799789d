using System.Runtime.Versioning;

// Modes of files are looked at, and shells and openssl are run.
[assembly: UnsupportedOSPlatform("windows")]
