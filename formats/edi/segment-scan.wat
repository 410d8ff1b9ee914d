;; Finds the separators of whole segments, 64 bytes at a time. segment-index.ts says what it gives and calls it;
;; `npx wat2wasm formats/edi/segment-scan.wat -o formats/edi/segment-scan.wasm` compiles it.
;;
;; Where things stand in the memory. Each byte makes at most one mark and ends at most one segment, so nothing here
;; can overflow with 8192 bytes.
;;
;;     0  kinds      256 bytes: the kind of each byte value, as in byte-kinds.ts
;;   256  rows        16 bytes: for each low half of a byte the high halves (0 to 7, as bits) with which it is not ordinary
;;  1024  segments     4 numbers each: first byte; packed tag; number of its last mark, with flags; number of its last element mark
;; 0x20400 marks       1 number each: the place of a separator
;; 0x28400 element marks  the numbers of those marks that end a tag or an element
;; 0x30400 bytes
(module
  (memory (export "memory") 4 4)

  ;; Of 16 bytes those that are not ordinary, as bits. Every byte from 0x80 on counts as one of them.
  (func $specials (param $at i32) (result i64)
    (local $bytes v128)
    (local.set $bytes (v128.load (local.get $at)))
    (i64.extend_i32_u
      (i8x16.bitmask
        (v128.or
          (local.get $bytes)
          (i8x16.ne
            (v128.and
              (i8x16.swizzle (v128.load (i32.const 256)) (v128.and (local.get $bytes) (i8x16.splat (i32.const 0x0f))))
              (i8x16.swizzle
                (v128.const i8x16 1 2 4 8 16 32 64 128 0 0 0 0 0 0 0 0)
                (i8x16.shr_u (local.get $bytes) (i32.const 4))))
            (v128.const i64x2 0 0))))))

  ;; Blanks, line breaks, NUL and SUB between segments mean nothing.
  (func $isNoise (param $byte i32) (result i32)
    (i32.and
      (i32.le_u (local.get $byte) (i32.const 0x20))
      (i32.wrap_i64 (i64.shr_u (i64.const 0x104002601) (i64.extend_i32_u (local.get $byte))))))

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

  ;; Looks at so many bytes, from the first of a tag on. The answer is the number of segments that are whole; what is
  ;; told of places in the memory is told with `shift` added.
  (func (export "scan") (param $length i32) (param $shift i32) (result i32)
    (local $end i32)       ;; behind the last byte
    (local $block i32)     ;; the 64 bytes at hand
    (local $mask i64)      ;; those of them that are to be looked at
    (local $next i32)      ;; no byte before it is looked at
    (local $at i32)
    (local $kind i32)
    (local $mark i32)      ;; where the next mark is to be written
    (local $tagMark i32)   ;; the first of the segment at hand
    (local $element i32)   ;; where the next element mark is to be written
    (local $flags i32)
    (local $start i32)     ;; the first byte of the segment at hand
    (local $segment i32)   ;; where the next segment is to be written

    (local.set $start (local.tee $next (local.tee $block (i32.const 0x30400))))
    (local.set $end (i32.add (local.get $block) (local.get $length)))
    (local.set $segment (i32.const 1024))
    (local.set $tagMark (local.tee $mark (i32.const 0x20400)))
    (local.set $element (i32.const 0x28400))

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
          (br_if $passed (i32.ge_s (i32.sub (local.get $next) (local.get $block)) (i32.const 64)))
          (local.set $mask
            (i64.and
              (local.get $mask)
              (i64.shl (i64.const -1) (i64.extend_i32_u (i32.sub (local.get $next) (local.get $block))))))

          (loop $walk
            (br_if $passed (i64.eqz (local.get $mask)))
            (local.set $at (i32.add (local.get $block) (i32.wrap_i64 (i64.ctz (local.get $mask)))))
            (local.set $mask (i64.and (local.get $mask) (i64.sub (local.get $mask) (i64.const 1))))
            (local.set $kind (i32.load8_u (i32.load8_u (local.get $at))))

            (if
              (i32.or
                (i32.lt_u (i32.sub (local.get $kind) (i32.const 1)) (i32.const 4))
                (i32.and (i32.eq (local.get $kind) (i32.const 8)) (i32.eq (local.get $mark) (local.get $tagMark))))
              (then
                (i32.store (local.get $mark) (i32.add (local.get $at) (local.get $shift)))
                (i32.store (local.get $element) (i32.shr_u (i32.sub (local.get $mark) (i32.const 0x20400)) (i32.const 2)))
                (local.set $mark (i32.add (local.get $mark) (i32.const 4)))
                ;; Repetitions (2) and components (3) end no element.
                (local.set $element
                  (i32.add
                    (local.get $element)
                    (i32.sub (i32.const 4) (i32.shl (i32.and (local.get $kind) (i32.const 2)) (i32.const 1)))))
                (local.set $flags
                  (i32.or (local.get $flags) (i32.shl (i32.eq (local.get $kind) (i32.const 2)) (i32.const 16))))
                (br_if $walk (i32.ne (local.get $kind) (i32.const 4)))

                (i32.store (local.get $segment) (i32.add (local.get $start) (local.get $shift)))
                (i32.store offset=4 (local.get $segment)
                  (call $packTag
                    (local.get $start)
                    (i32.sub (i32.sub (i32.load (local.get $tagMark)) (local.get $shift)) (local.get $start))))
                (i32.store offset=8 (local.get $segment)
                  (i32.or
                    (i32.shr_u (i32.sub (local.get $mark) (i32.const 0x20404)) (i32.const 2))
                    (local.get $flags)))
                (i32.store offset=12 (local.get $segment)
                  (i32.shr_u (i32.sub (local.get $element) (i32.const 0x28404)) (i32.const 2)))
                (local.set $segment (i32.add (local.get $segment) (i32.const 16)))
                (local.set $tagMark (local.get $mark))
                (local.set $flags (i32.const 0))
                (local.set $start (local.get $at))
                (loop $noise
                  (local.set $start (i32.add (local.get $start) (i32.const 1)))
                  (br_if $noise
                    (i32.and
                      (call $isNoise (i32.load8_u (local.get $start)))
                      (i32.lt_u (local.get $start) (local.get $end)))))
                (local.set $next (local.get $start))
                (br $pass)))

            (if (i32.eq (local.get $kind) (i32.const 5))
              (then
                (local.set $flags
                  (i32.or
                    (local.get $flags)
                    (i32.or
                      (i32.const 0x80000)
                      (i32.shl (i32.shr_u (i32.load8_u offset=1 (local.get $at)) (i32.const 7)) (i32.const 17)))))
                (local.set $next (i32.add (local.get $at) (i32.const 2)))
                (br $pass)))

            (local.set $flags
              (i32.or
                (local.get $flags)
                (i32.or
                  (i32.shl (i32.eq (local.get $kind) (i32.const 6)) (i32.const 17))
                  (i32.shl (i32.eq (local.get $kind) (i32.const 7)) (i32.const 18)))))
            (br $walk))))

      (local.set $block (i32.add (local.get $block) (i32.const 64)))
      (if (i32.lt_u (local.get $next) (local.get $block)) (then (local.set $next (local.get $block))))
      (br_if $blocks (i32.lt_u (local.get $block) (local.get $end))))

    (i32.shr_u (i32.sub (local.get $segment) (i32.const 1024)) (i32.const 4))))
