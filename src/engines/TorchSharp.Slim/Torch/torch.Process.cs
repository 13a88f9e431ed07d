using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <value>The version of libtorch.</value>
    public static string __version__ => Native.Text(Native.ts_version());

    /// <summary>
    /// How many threads one operation may use. libtorch keeps the number by calling thread: set it on each.
    /// </summary>
    public static void set_num_threads(int num) => Native.Check(Native.ts_set_num_threads(num));

    public static int get_num_threads() => Native.ts_get_num_threads();

    /// <summary>How many operations may run at once; may be set once, before the first of them.</summary>
    public static void set_num_interop_threads(int num) =>
        Native.Check(Native.ts_set_num_interop_threads(num));

    public static int get_num_interop_threads() => Native.ts_get_num_interop_threads();
}
