namespace Akka.Util;

/// <summary>
/// Names for actors that were not given one: "$" and a number in base 64, least digit first.
/// </summary>
internal static class Base64Name
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    public static string For(long number)
    {
        Span<char> buffer = stackalloc char[12];
        var length = 0;
        buffer[length++] = '$';
        do
        {
            buffer[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);
        return new string(buffer[..length]);
    }
}
