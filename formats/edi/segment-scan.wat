;; Finds the separators of whole segments, 64 bytes at a time: what is ordinary is told from the rest for 16 bytes at once, and
;; the rest is looked at one by one. segment-index.ts says what comes of it, and fills the tables;
;; `npx wat2wasm formats/edi/segment-scan.wat -o formats/edi/segment-scan.wasm` compiles it.
;;
;; Each byte makes at most one mark and ends at most one segment, so that 8192 bytes overflow nothing of this:
;;
;;   0x00000  actions         of each byte value what it does, as bits:
;;                              1 it is a mark   2 it ends a tag or an element   4 it ends the segment   8 the byte behind it is passed over
;;                              16 it ends a tag, if it is the first mark   32 it means nothing between segments
;;                              0x10000 and up: flags of the segment
;;   0x00400  rows            for each low half of a byte the high halves (0 to 7, as bits) with which it does something, in 16 bytes
;;   0x00800  segments        4 numbers of each: first byte, packed tag, number of the last mark with flags, number of the last element mark
;;   0x20800  marks           their places
;;   0x28800  element marks   the numbers of those that end a tag or an element
;;   0x30800  bytes
(module
  (memory (export "memory") 4 4)

  ;; Of 16 bytes those that do something, as bits. Every byte from 0x80 on counts as one of them.
  (func $specials (param $at i32) (result i64)
    (local $bytes v128)
    (local.set $bytes (v128.load (local.get $at)))
    (i64.extend_i32_u
      (i8x16.bitmask
        (v128.or
          (local.get $bytes)
          (i8x16.ne
            (v128.and
              (i8x16.swizzle (v128.load (i32.const 0x400)) (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
              (i8x16.swizzle
                (v128.const i8x16 1 2 4 8 16 32 64 128 0 0 0 0 0 0 0 0)
                (i8x16.shr_u (local.get $bytes) (i32.const 4))))
            (v128.const i64x2 0 0))))))

  ;; The letters of a tag as one number, as `packTag` has them; -1 for a tag that has none, or more than three.
  (func $packTag (param $from i32) (param $length i32) (result i32)
    (if (i32.ge_u (i32.sub (local.get $length) (i32.const 1)) (i32.const 3)) (then (return (i32.const -1))))
    (i32.and
      (i32.or
        (i32.shl (i32.load8_u (local.get $from)) (i32.const 16))
        (i32.or
          (i32.shl (i32.load8_u offset=1 (local.get $from)) (i32.const 8))
          (i32.load8_u offset=2 (local.get $from))))
      (i32.shl (i32.const -1) (i32.mul (i32.sub (i32.const 3) (local.get $length)) (i32.const 8)))))

  (func $action (param $at i32) (result i32)
    (i32.load (i32.shl (i32.load8_u (local.get $at)) (i32.const 2))))

  ;; Looks at so many bytes, from the first of a tag on. The answer is the number of segments that are whole. `shift` is
  ;; added to each place that is told.
  (func (export "scan") (param $length i32) (param $shift i32) (result i32)
    (local $end i32)      ;; behind the last byte
    (local $block i32)    ;; the 64 bytes at hand
    (local $mask i64)     ;; those of them that are to be looked at
    (local $next i32)     ;; no byte before it is looked at any more
    (local $at i32)
    (local $action i32)
    (local $mark i32)     ;; the number of the next mark
    (local $element i32)  ;; the number of the next element mark
    (local $start i32)    ;; the first byte of the segment at hand
    (local $tagMark i32)  ;; the number of its first mark
    (local $flags i32)    ;; what its bytes do, all together
    (local $segment i32)  ;; where the next segment is told of

    (local.set $start (local.tee $next (local.tee $block (i32.const 0x30800))))
    (local.set $end (i32.add (local.get $block) (local.get $length)))
    (local.set $segment (i32.const 0x800))

    (loop $blocks
      (local.set $mask
        (i64.or
          (i64.or
            (call $specials (local.get $block))
            (i64.shl (call $specials (i32.add (local.get $block) (i32.const 16))) (i64.const 16)))
          (i64.or
            (i64.shl (call $specials (i32.add (local.get $block) (i32.const 32))) (i64.const 32))
            (i64.shl (call $specials (i32.add (local.get $block) (i32.const 48))) (i64.const 48)))))
      (if (i32.lt_u (i32.sub (local.get $end) (local.get $block)) (i32.const 64))
        (then
          (local.set $mask
            (i64.and
              (local.get $mask)
              (i64.xor
                (i64.shl (i64.const -1) (i64.extend_i32_u (i32.sub (local.get $end) (local.get $block))))
                (i64.const -1))))))

      (block $passed
        (loop $pass
          (br_if $passed (i32.ge_u (i32.sub (local.get $next) (local.get $block)) (i32.const 64)))
          (local.set $mask
            (i64.and
              (local.get $mask)
              (i64.shl (i64.const -1) (i64.extend_i32_u (i32.sub (local.get $next) (local.get $block))))))

          (loop $walk
            (br_if $passed (i64.eqz (local.get $mask)))
            (local.set $at (i32.add (local.get $block) (i32.wrap_i64 (i64.ctz (local.get $mask)))))
            (local.set $mask (i64.and (local.get $mask) (i64.sub (local.get $mask) (i64.const 1))))
            (local.set $action (call $action (local.get $at)))
            ;; Without a branch: what is no mark, or ends no element, is written over by the next that is or does.
            (i32.store offset=0x20800 (i32.shl (local.get $mark) (i32.const 2)) (i32.add (local.get $at) (local.get $shift)))
            (i32.store offset=0x28800 (i32.shl (local.get $element) (i32.const 2)) (local.get $mark))
            (local.set $mark (i32.add (local.get $mark) (i32.and (local.get $action) (i32.const 1))))
            (local.set $element
              (i32.add (local.get $element) (i32.and (i32.shr_u (local.get $action) (i32.const 1)) (i32.const 1))))
            (local.set $flags (i32.or (local.get $flags) (local.get $action)))
            (br_if $walk (i32.eqz (i32.and (local.get $action) (i32.const 28))))

            (if (i32.and (local.get $action) (i32.const 4))
              (then
                (i32.store (local.get $segment) (i32.add (local.get $start) (local.get $shift)))
                (i32.store offset=4 (local.get $segment)
                  (call $packTag
                    (local.get $start)
                    (i32.sub
                      (i32.sub (i32.load offset=0x20800 (i32.shl (local.get $tagMark) (i32.const 2))) (local.get $shift))
                      (local.get $start))))
                (i32.store offset=8 (local.get $segment)
                  (i32.or
                    (i32.and (local.get $flags) (i32.const 0xffff0000))
                    (i32.sub (local.get $mark) (i32.const 1))))
                (i32.store offset=12 (local.get $segment) (i32.sub (local.get $element) (i32.const 1)))
                (local.set $segment (i32.add (local.get $segment) (i32.const 16)))
                (local.set $tagMark (local.get $mark))
                (local.set $flags (i32.const 0))
                (local.set $next (local.get $at))
                (loop $noise
                  (local.set $next (i32.add (local.get $next) (i32.const 1)))
                  (br_if $noise
                    (i32.and
                      (i32.lt_u (local.get $next) (local.get $end))
                      (i32.shr_u (i32.and (call $action (local.get $next)) (i32.const 32)) (i32.const 5)))))
                (local.set $start (local.get $next))
                (br $pass)))

            (if (i32.and (local.get $action) (i32.const 8))
              (then
                (local.set $next (i32.add (local.get $at) (i32.const 2)))
                (if (i32.ge_u (i32.load8_u offset=1 (local.get $at)) (i32.const 0x80))
                  (then (local.set $flags (i32.or (local.get $flags) (i32.const 0x20000)))))
                (br $pass)))

            (if (i32.eq (local.get $mark) (local.get $tagMark))
              (then
                (local.set $mark (i32.add (local.get $mark) (i32.const 1)))
                (local.set $element (i32.add (local.get $element) (i32.const 1)))))
            (br $walk))))

      (local.set $block (i32.add (local.get $block) (i32.const 64)))
      (if (i32.lt_u (local.get $next) (local.get $block)) (then (local.set $next (local.get $block))))
      (br_if $blocks (i32.lt_u (local.get $block) (local.get $end))))

    (i32.shr_u (i32.sub (local.get $segment) (i32.const 0x800)) (i32.const 4))))
