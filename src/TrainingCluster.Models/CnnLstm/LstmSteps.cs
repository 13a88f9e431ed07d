using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>
/// The steps of an LSTM over one sequence whose input products are known: Hochreiter, Schmidhuber 1997, with
/// the forget gate of Gers et al. 2000, gates i, f, g, o. Widths are padded to whole vectors; what pads has
/// weight zero and stays zero. Every sum runs in ascending order of its inner index.
/// </summary>
internal sealed class LstmSteps
{
    private const int Lanes = 16;
    private readonly float[] _recurrent;
    private readonly float[] _gates;
    private readonly float[] _state;
    private readonly float[] _cell;

    /// <param name="weights">[4 · hidden, hidden] as libtorch stores them.</param>
    public LstmSteps(ReadOnlySpan<float> weights, int hidden)
    {
        Width = PaddedWidth(hidden);
        _recurrent = Packed(weights, hidden, hidden);
        _gates = new float[4 * Width];
        _state = new float[Width];
        _cell = new float[Width];
    }

    /// <summary>Hidden width with its padding; a row of gates is four of it.</summary>
    public int Width { get; }

    public static int PaddedWidth(int hidden) => (hidden + Lanes - 1) / Lanes * Lanes;

    /// <summary>[4 · hidden, inner] turned to [inner, 4 · padded width].</summary>
    public static float[] Packed(ReadOnlySpan<float> weights, int hidden, int inner)
    {
        var width = PaddedWidth(hidden);
        var packed = new float[inner * 4 * width];
        for (var gate = 0; gate < 4; gate++)
        {
            for (var unit = 0; unit < hidden; unit++)
            {
                for (var k = 0; k < inner; k++)
                {
                    packed[k * 4 * width + gate * width + unit] = weights[(gate * hidden + unit) * inner + k];
                }
            }
        }

        return packed;
    }

    /// <summary>Runs over the sequence from states of zero.</summary>
    /// <param name="products">[time, 4 · width]: input weights times input, plus both biases.</param>
    /// <param name="hidden">Units without padding.</param>
    /// <returns>The last state, [width]; overwritten by the next call.</returns>
    public ReadOnlySpan<float> Last(ReadOnlySpan<float> products, int hidden)
    {
        Array.Clear(_state);
        Array.Clear(_cell);
        var row = 4 * Width;
        for (var at = 0; at < products.Length; at += row)
        {
            AddRecurrent(products.Slice(at, row), hidden);
            Advance();
        }

        return _state;
    }

    /// <summary>gates = products + state · recurrent, in blocks of eight vectors.</summary>
    private void AddRecurrent(ReadOnlySpan<float> products, int hidden)
    {
        ref var from = ref MemoryMarshal.GetReference(products);
        ref var to = ref MemoryMarshal.GetArrayDataReference(_gates);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_recurrent);
        var row = (nuint)_gates.Length;
        nuint column = 0;
        for (; column + 8 * Lanes <= row; column += 8 * Lanes)
        {
            var s0 = Vector512.LoadUnsafe(ref from, column);
            var s1 = Vector512.LoadUnsafe(ref from, column + Lanes);
            var s2 = Vector512.LoadUnsafe(ref from, column + 2 * Lanes);
            var s3 = Vector512.LoadUnsafe(ref from, column + 3 * Lanes);
            var s4 = Vector512.LoadUnsafe(ref from, column + 4 * Lanes);
            var s5 = Vector512.LoadUnsafe(ref from, column + 5 * Lanes);
            var s6 = Vector512.LoadUnsafe(ref from, column + 6 * Lanes);
            var s7 = Vector512.LoadUnsafe(ref from, column + 7 * Lanes);
            var at = column;
            for (var k = 0; k < hidden; k++, at += row)
            {
                var h = Vector512.Create(_state[k]);
                s0 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at), s0);
                s1 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + Lanes), s1);
                s2 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + 2 * Lanes), s2);
                s3 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + 3 * Lanes), s3);
                s4 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + 4 * Lanes), s4);
                s5 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + 5 * Lanes), s5);
                s6 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + 6 * Lanes), s6);
                s7 = Vector512.FusedMultiplyAdd(h, Vector512.LoadUnsafe(ref weights, at + 7 * Lanes), s7);
            }

            s0.StoreUnsafe(ref to, column);
            s1.StoreUnsafe(ref to, column + Lanes);
            s2.StoreUnsafe(ref to, column + 2 * Lanes);
            s3.StoreUnsafe(ref to, column + 3 * Lanes);
            s4.StoreUnsafe(ref to, column + 4 * Lanes);
            s5.StoreUnsafe(ref to, column + 5 * Lanes);
            s6.StoreUnsafe(ref to, column + 6 * Lanes);
            s7.StoreUnsafe(ref to, column + 7 * Lanes);
        }

        for (; column < row; column += Lanes)
        {
            var sum = Vector512.LoadUnsafe(ref from, column);
            var at = column;
            for (var k = 0; k < hidden; k++, at += row)
            {
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(_state[k]), Vector512.LoadUnsafe(ref weights, at), sum);
            }

            sum.StoreUnsafe(ref to, column);
        }
    }

    private void Advance()
    {
        var width = (nuint)Width;
        ref var gates = ref MemoryMarshal.GetArrayDataReference(_gates);
        ref var state = ref MemoryMarshal.GetArrayDataReference(_state);
        ref var cell = ref MemoryMarshal.GetArrayDataReference(_cell);
        for (nuint j = 0; j < width; j += Lanes)
        {
            var input = GateActivations.Sigmoid(Vector512.LoadUnsafe(ref gates, j));
            var forget = GateActivations.Sigmoid(Vector512.LoadUnsafe(ref gates, width + j));
            var candidate = GateActivations.Tanh(Vector512.LoadUnsafe(ref gates, 2 * width + j));
            var output = GateActivations.Sigmoid(Vector512.LoadUnsafe(ref gates, 3 * width + j));
            var next = Vector512.FusedMultiplyAdd(
                forget, Vector512.LoadUnsafe(ref cell, j), input * candidate);
            next.StoreUnsafe(ref cell, j);
            (output * GateActivations.Tanh(next)).StoreUnsafe(ref state, j);
        }
    }
}
